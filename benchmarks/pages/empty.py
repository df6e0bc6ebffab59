"""The smallest page with a control: what Streamlit itself needs for an answer."""

import streamlit as st

rate = st.select_slider("Learning rate", range(1, 101), 1)
st.write(f"The learning rate is {rate}.")
